-- The port that the client dialled at virtual_addr; 0 is not known, as it is for
-- all rows before.
ALTER TABLE flows ADD COLUMN IF NOT EXISTS virtual_port UInt16 CODEC(ZSTD(1)) AFTER virtual_addr;
