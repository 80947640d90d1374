MODEL (
  name sources.climate,
  kind FULL,
  description 'Climate, one value a row',
  audits (
    not_null(columns := (indicator_id, country_id, year)),
    unique_combination_of_columns(columns := (indicator_id, country_id, year))
  )
);

SELECT
  v.indicator_id,
  v.country_id,
  v.region,
  v.year,
  CAST(v.value AS DOUBLE) AS value,
  CAST(NULL AS VARCHAR) AS qualifier,
  l.label,
  l.description
FROM bronze.climate AS v
LEFT JOIN reference.climate_labels AS l ON l.indicator_id = v.indicator_id
