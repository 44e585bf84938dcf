# Thin names for what Maven and the scripts do. `make help` lists them.
MAKEFLAGS += --no-print-directory
MVN := scripts/mvn
.PHONY: help demo test soak bench package format clean

help: ## list the targets
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 12

demo: ## brokers full of dead letters, and the window on them
	@./dlo demo

test: ## everything, headless, with what it needs installed first; three modules at a time, as they wait much
	@scripts/install-test-needs
	@rm -f app/demo/target/kills.txt
	@$(MVN) -T 3 verify
	@cat app/demo/target/kills.txt

soak: ## the slow tests: many kills, long runs
	@scripts/install-test-needs
	@rm -f app/demo/target/kills.txt
	@$(MVN) verify -Dtest.groups.excluded= -Dgroups=soak -Dsurefire.failIfNoSpecifiedTests=false
	@cat app/demo/target/kills.txt

bench: ## measure against the peers, in one run
	@$(MVN) -DskipTests package
	@benchmarks/run

package: ## a Debian package that needs no Java, in packaging/jpackage/target
	@$(MVN) -DskipTests package
	@packaging/jpackage/linux/build.sh

format: ## put the sources into the one format
	@$(MVN) spotless:apply

clean: ## remove all that was built
	@$(MVN) clean
