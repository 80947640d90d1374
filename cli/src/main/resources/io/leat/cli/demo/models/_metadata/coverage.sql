MODEL (
  name _metadata.coverage,
  kind VIEW,
  description 'How much every model holds; `_metadata.all_models` describes them'
);

SELECT
  'sources.wellbeing' AS model, count(*) AS rows, count(value) AS known_values,
  count(DISTINCT indicator_id) AS indicators, min(year) AS first_year, max(year) AS last_year
FROM sources.wellbeing
UNION ALL
SELECT 'sources.commerce', count(*), count(value), count(DISTINCT indicator_id), min(year), max(year)
FROM sources.commerce
UNION ALL
SELECT 'sources.climate', count(*), count(value), count(DISTINCT indicator_id), min(year), max(year)
FROM sources.climate
UNION ALL
SELECT 'master.indicators', count(*), count(value), count(DISTINCT indicator_id), min(year), max(year)
FROM master.indicators
UNION ALL
SELECT 'gold.trips_by_day', count(*), count(*), NULL, min(year(day)), max(year(day))
FROM gold.trips_by_day
