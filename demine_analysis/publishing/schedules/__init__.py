"""Configurations that render the reports every night: cron, systemd, GitHub Actions, Airflow."""
