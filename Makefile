# Everything is in ./dev; this only spares typing.
run test check bench pictures setup:
	@./dev $@

.PHONY: run test check bench pictures setup
