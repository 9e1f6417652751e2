-- Of a dead letter only is kept where it is in the log: what it says stands there, encrypted, and is read there.
update dead_letter set payload = cast('' as bytea);
