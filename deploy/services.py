"""What runs, and the process manager's configuration: supervisor restarts, one at a time, whatever dies."""

import os
import sys
from dataclasses import dataclass
from pathlib import Path

from deploy.build import bot_environment, bot_python
from deploy.instance import ROOT, Instance

TEMPLATE = """\
[supervisord]
nodaemon = true
logfile = {logs}/manager.log
logfile_maxbytes = 1MB
logfile_backups = 1
pidfile = {folder}/manager.pid
childlogdir = {logs}
silent = true
"""

PROGRAM = """
[program:{name}]
command = {command}
directory = {root}
environment = {environment}
priority = {priority}
stopsignal = {stopsignal}
autostart = true
autorestart = true
startsecs = 1
startretries = 1000000
stopwaitsecs = 8
stopasgroup = {as_group}
killasgroup = true
redirect_stderr = true
stdout_logfile = {logs}/{name}.log
stdout_logfile_maxbytes = 5MB
stdout_logfile_backups = 2
"""


# Settings of the gateway that are passed on as they are given: where Piste is seen, and the messaging platforms.
PASSED_ON = (
    "MAP_TILES", "MAP_ATTRIBUTION", "PUBLIC_URL", "OPERATOR_NAME", "OPERATOR_CONTACT",
    "TELEGRAM_TOKEN", "TELEGRAM_SECRET", "TELEGRAM_API",
    "META_APP_SECRET", "META_VERIFY_TOKEN", "META_API", "WHATSAPP_NUMBER_ID", "WHATSAPP_TOKEN", "WHATSAPP_TEMPLATE",
    "MESSENGER_TOKEN", "INSTAGRAM_TOKEN", "TWILIO_ACCOUNT", "TWILIO_TOKEN", "TWILIO_SENDER", "TWILIO_API",
)  # fmt: skip


@dataclass(frozen=True)
class Service:
    """One process. Lower priorities start first and stop last."""

    name: str
    command: list[str]
    environment: dict[str, str]
    priority: int
    stopsignal: str = "TERM"


def services_of(instance: Instance, model: Path, host: str = "127.0.0.1") -> list[Service]:
    """Return every process of an instance."""
    ours = [actions_of(instance), bot_of(instance, model), gateway_of(instance, host), feeds_of(instance)]
    return [postgres_of(instance), *ours] if instance.runs_postgres else ours


def shared_environment(instance: Instance) -> dict[str, str]:
    """Return what every process of ours is given."""
    return {
        "PISTE_INSTANCE": str(instance.folder),
        "PISTE_PART_OF": str(instance.folder),
        "DATABASE_URL": instance.database_url,
        "LOG_LEVEL": log_level(),
    }


def actions_of(instance: Instance) -> Service:
    """Return the action server's process."""
    own = {"ACTIONS_PORT": str(instance.ports["actions"]), "ACTIONS_SECRET": instance.secrets["actions"]}
    return Service("actions", [sys.executable, "-m", "actions.server"], shared_environment(instance) | own, 20)


def bot_of(instance: Instance, model: Path) -> Service:
    """Return Rasa's process, on its own interpreter."""
    command = [bot_python(), "-W", "ignore", "-m", "rasa", "run", "--model", str(model)]
    command += ["--credentials", "bot/credentials.yml", "--endpoints", "bot/endpoints.yml"]
    command += ["--interface", "127.0.0.1", "--port", str(instance.ports["bot"])]
    own = {
        "BOT_SECRET": instance.secrets["bot"],
        "ACTIONS_SECRET": instance.secrets["actions"],
        "ACTIONS_URL": f"{actions_url(instance)}/webhook",
    }
    inherited = {name: value for name, value in bot_environment().items() if os.environ.get(name) != value}
    return Service("bot", command, inherited | shared_environment(instance) | own, 30)


def gateway_of(instance: Instance, host: str) -> Service:
    """Return the gateway's process, the only one that others than this machine may reach."""
    own = {
        "HOST": host,
        "PORT": str(instance.port),
        "ACTIONS_URL": actions_url(instance),
        "ACTIONS_SECRET": instance.secrets["actions"],
        "BOT_URL": f"http://127.0.0.1:{instance.ports['bot']}",
        "BOT_SECRET": instance.secrets["bot"],
        "METRICS_TOKEN": os.environ.get("METRICS_TOKEN", ""),
        "RETENTION_DAYS": os.environ.get("RETENTION_DAYS") or "90",
        "CHANNELS_SECRET": os.environ.get("CHANNELS_SECRET") or instance.secrets["channels"],
    }
    own |= {name: os.environ[name] for name in PASSED_ON if os.environ.get(name)}
    return Service("gateway", [sys.executable, "-m", "connectors.app"], shared_environment(instance) | own, 40)


def feeds_of(instance: Instance) -> Service:
    """Return the process that fetches feeds; nothing else waits for it."""
    return Service("feeds", [sys.executable, "-m", "knowledge_base.feeds.worker"], shared_environment(instance), 50)


def actions_url(instance: Instance) -> str:
    """Return the action server's address."""
    return f"http://127.0.0.1:{instance.ports['actions']}"


def log_level() -> str:
    """Return the level asked for, but never below INFO: at DEBUG, Rasa prints what people say."""
    asked = (os.environ.get("LOG_LEVEL") or "WARNING").upper()
    return asked if asked in ("INFO", "WARNING", "ERROR", "CRITICAL") else "INFO"


def postgres_of(instance: Instance) -> Service:
    """Return the database's process. INT is its fast shutdown."""
    return Service(
        "postgres",
        [sys.executable, "-m", "deploy.postgres", str(instance.folder / "postgres"), str(instance.ports["postgres"])],
        {"PISTE_PART_OF": str(instance.folder), "PISTE_DB_PASSWORD": instance.secrets["database"]},
        10,
        "INT",
    )


def write_configuration(instance: Instance, services: list[Service]) -> Path:
    """Write supervisor's configuration, readable by its owner alone since it holds secrets."""
    path = instance.folder / "manager.conf"
    path.touch(mode=0o600)
    text = TEMPLATE.format(logs=instance.logs, folder=instance.folder)
    for service in services:
        text += PROGRAM.format(
            name=service.name,
            command=" ".join(quoted(part) for part in service.command),
            root=ROOT,
            environment=",".join(f'{name}="{escaped(value)}"' for name, value in service.environment.items()),
            priority=service.priority,
            stopsignal=service.stopsignal,
            # PostgreSQL ends its own children; a signal to all of them at once makes it recover at the next start.
            as_group="false" if service.name == "postgres" else "true",
            logs=instance.logs,
        )
    path.write_text(text)
    return path


def quoted(part: str) -> str:
    """Quote a part of a command line."""
    return f'"{escaped(part)}"'


def escaped(text: str) -> str:
    """Escape what supervisor's configuration would expand."""
    return text.replace("%", "%%").replace('"', '\\"')
