MODEL (
  name master.indicators,
  kind FULL,
  description 'Every indicator of every source in one table, with its description',
  audits (
    not_null(columns := (source, indicator_id, country_id, year)),
    unique_combination_of_columns(columns := (source, indicator_id, country_id, year))
  )
);

SELECT 'wellbeing' AS source, indicator_id, country_id, region, year, value, qualifier, label, description
FROM sources.wellbeing
UNION ALL
SELECT 'commerce' AS source, indicator_id, country_id, region, year, value, qualifier, label, description
FROM sources.commerce
UNION ALL
SELECT 'climate' AS source, indicator_id, country_id, region, year, value, qualifier, label, description
FROM sources.climate
