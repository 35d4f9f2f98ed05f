# Everything is in ./dev; this only spares typing.
run test check cover mutate bench pictures setup package reproduce smoke:
	@./dev $@

.PHONY: run test check cover mutate bench pictures setup package reproduce smoke
