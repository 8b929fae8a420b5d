select exists (select from area where source <> 'contoh')
