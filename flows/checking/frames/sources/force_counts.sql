select
    counts._load_id as load_id,
    count(*) filter (where last_day(counts.month) > loads.extract_date) as months_not_over
from force_counts as counts
inner join loads_in_force as loads on counts._load_id = loads.load_id
group by counts._load_id
