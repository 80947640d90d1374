-- Since when the store is elsewhere, and the file that it was exported to; NULL while it may be used.
ALTER TABLE store ADD COLUMN moved_at BIGINT;
ALTER TABLE store ADD COLUMN moved_to TEXT;
