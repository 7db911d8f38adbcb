-- Trends are learnt from week by week, so observations are looked up by their day.

create index observation_by_day on trends.observation (as_of);
