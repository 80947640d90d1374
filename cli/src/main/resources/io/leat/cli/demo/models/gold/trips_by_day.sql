MODEL (
  name gold.trips_by_day,
  kind INCREMENTAL_BY_TIME_RANGE (
    time_column day
  ),
  start '2024-03-08',
  cron '@daily',
  description 'Trips by day and district',
  audits (
    not_null(columns := (day, district)),
    unique_combination_of_columns(columns := (day, district))
  )
);

SELECT
  CAST(started_at AS DATE) AS day,
  district,
  count(*) AS trips,
  sum(seconds) AS seconds,
  sum(metres) AS metres,
  sum(fare) AS fares,
  count(*) FILTER (WHERE member) AS by_members
FROM bronze.trips
WHERE CAST(started_at AS DATE) BETWEEN @start_date AND @end_date
GROUP BY ALL
