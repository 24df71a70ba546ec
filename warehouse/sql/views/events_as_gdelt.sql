-- What do the events look like in GDELT's columns, for tools that expect them?
with mentioned as (
    select
        event_id,
        len(trigger_spans) as mentions
    from events
),

placed as (
    select * from event_places
    where position = 0
),

final as (
    select
        sides.event_id as globaleventid,
        strftime(coalesce(sides.start_date, sides.published_date), '%Y%m%d') as sqldate,
        sides.actor_country as actor1code,
        sides.actor_name as actor1name,
        sides.actor_country as actor1countrycode,
        sides.actor_sector as actor1type1code,
        sides.target_country as actor2code,
        sides.target_name as actor2name,
        sides.target_country as actor2countrycode,
        sides.target_sector as actor2type1code,
        sides.cameo_code as eventcode,
        left(sides.cameo_code, 3) as eventbasecode,
        left(sides.cameo_code, 2) as eventrootcode,
        case sides.quad_class
            when 'verbal cooperation' then 1
            when 'material cooperation' then 2
            when 'verbal conflict' then 3
            when 'material conflict' then 4
        end as quadclass,
        mentioned.mentions as nummentions,
        1 as numarticles,
        placed.name as actiongeo_fullname,
        placed.country as actiongeo_countrycode,
        placed.latitude as actiongeo_lat,
        placed.longitude as actiongeo_long,
        sides.url as sourceurl,
        sides.status,
        sides.holder_name
    from event_sides as sides
    inner join mentioned on sides.event_id = mentioned.event_id
    left join placed on sides.event_id = placed.event_id
    where sides.cameo_code is not null
)

select * from final
