-- Seconds are kept for 20 minutes, as long as anybody looks at them. The rows of one second are written together and
-- nearly all of them once more a second later: half a page is left for that, so that indexes need not change.
ALTER TABLE load_seconds SET (fillfactor = 50);
