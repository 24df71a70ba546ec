-- What do the events look like in ACLED's columns, for tools that expect them?
with placed as (
    select
        event_places.event_id,
        event_places.name as location,
        event_places.country,
        event_places.latitude,
        event_places.longitude,
        places.admin1,
        case places.precision
            when 'exact' then 1
            when 'settlement' then 1
            when 'district' then 2
            else 3
        end as geo_precision
    from event_places
    left join places on event_places.place_id = places.place_id
    where event_places.position = 0
),

deaths as (
    select
        event_figures.event_id,
        max(figures.value_low) as fatalities
    from event_figures
    inner join figures on event_figures.figure_id = figures.figure_id
    where figures.kind = 'count' and list_contains(figures.effects, 'killed')
    group by event_figures.event_id
),

final as (
    select
        sides.event_id as event_id_cnty,
        coalesce(sides.start_date, sides.published_date) as event_date,
        year(coalesce(sides.start_date, sides.published_date)) as year,
        case when sides.start_date is null then 3 when sides.start_date = sides.end_date then 1 else 2 end
            as time_precision,
        case
            when sides.acled_type in (
                'Air/drone strike', 'Shelling/artillery/missile attack', 'Suicide bomb',
                'Remote explosive/landmine/IED', 'Chemical weapon', 'Grenade'
            ) then 'Explosions/Remote violence'
            when sides.acled_type = 'Armed clash' or sides.acled_type like '% territory' then 'Battles'
            when sides.acled_type in ('Attack', 'Sexual violence', 'Abduction/forced disappearance')
                then 'Violence against civilians'
            when sides.acled_type in ('Violent demonstration', 'Mob violence') then 'Riots'
            when sides.acled_type like '%rotest%' then 'Protests'
            else 'Strategic developments'
        end as event_type,
        sides.acled_type as sub_event_type,
        sides.actor_name as actor1,
        sides.target_name as actor2,
        placed.country as iso3,
        placed.admin1,
        placed.location,
        placed.latitude,
        placed.longitude,
        placed.geo_precision,
        sides.source_name as source,
        sides.title as notes,
        deaths.fatalities,
        sides.status,
        sides.holder_name
    from event_sides as sides
    left join placed on sides.event_id = placed.event_id
    left join deaths on sides.event_id = deaths.event_id
    where sides.acled_type is not null and sides.status in ('asserted', 'claimed', 'denied')
)

select * from final
