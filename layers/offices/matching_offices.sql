select office.id from office where {filters}
