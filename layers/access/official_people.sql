select population from area where code = :code
