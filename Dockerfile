# The same steps as scripts/server: scripts/setup fills .venv, builds the front end and compiles the translations.
FROM python:3.11-slim-trixie AS build
WORKDIR /app
COPY . .
RUN python3 -m scripts.setup image && rm -rf webapp/frontend/node_modules

FROM python:3.11-slim-trixie
# pg_dump and pg_restore, for scripts/backup and scripts/restore; Debian's own updates are wanted, so no version is pinned
# hadolint ignore=DL3008
RUN apt-get update \
 && apt-get install -y --no-install-recommends postgresql-client libpango-1.0-0 libpangoft2-1.0-0 fonts-dejavu-core \
 && rm -rf /var/lib/apt/lists/* \
 && useradd --system --uid 10001 --home-dir /data --create-home peta
WORKDIR /app
COPY --from=build /app /app
ENV PATH=/app/.venv/bin:$PATH PYTHONUNBUFFERED=1
USER 10001
VOLUME /data
EXPOSE 8000
CMD ["gunicorn", "-c", "python:webapp.serving", "--bind", "0.0.0.0:8000"]
