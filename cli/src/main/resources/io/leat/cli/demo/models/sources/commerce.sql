MODEL (
  name sources.commerce,
  kind FULL,
  description 'Trade and prices, in whole units',
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
  CAST(v.value * power(10, v.magnitude) AS DOUBLE) AS value,
  v.qualifier AS qualifier,
  l.label,
  l.description
FROM bronze.commerce AS v
LEFT JOIN reference.commerce_labels AS l ON l.indicator_id = v.indicator_id
