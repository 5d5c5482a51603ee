# Every command installs and builds what it needs first. `make help` lists them.
APP := .venv/app/bin/python
.DEFAULT_GOAL := help
.PHONY: help run test check bench train index install lock clean

help: ## list the commands
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

install: ## both Python environments, from their lock files
	@command -v python3 >/dev/null || { echo "piste: python3 is missing. Remedy: install Python 3.11, e.g. with uv or pyenv."; exit 1; }
	@python3 deploy/install.py

run: install ## build what is out of date, start everything, print the address
	@exec $(APP) -m deploy.run

test: install ## every test
	@$(APP) -m deploy.test

check: install ## style, types, import contracts, layout, data, fast tests
	@$(APP) -m deploy.check

bench: install ## measurements, printed as tables
	@$(APP) -m tests.bench

train: install ## the dialogue model, if its data changed
	@$(APP) -m deploy.build train

index: install ## the encoder and the index, if their data changed
	@$(APP) -m deploy.build index

lock: ## write the lock files again from requirements/*.in
	@python3 deploy/lock.py

clean: ## environments, build products, local database: everything that is not committed
	rm -rf .venv var
