SET memory_limit = '1GB';
SET preserve_insertion_order = false;
SET TimeZone = 'UTC';
COPY (
  SELECT *
  FROM read_csv('@input@', header = true, auto_detect = false, delim = ',', quote = '"', columns = {
    'id': 'BIGINT', 'ts': 'TIMESTAMP', 'country': 'VARCHAR', 'value': 'DECIMAL(12, 2)', 'q': 'BIGINT'
  })
) TO 'plain.parquet' (FORMAT parquet, COMPRESSION zstd);
