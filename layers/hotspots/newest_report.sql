select max(reported_at) from complaint where reported_at <= now()
