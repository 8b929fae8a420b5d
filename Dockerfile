# The same steps as scripts/server: scripts/setup fills .venv, builds the front end and compiles the translations.
FROM python:3.11-slim-trixie AS build
WORKDIR /app
COPY . .
RUN python3 -m scripts.setup image && rm -rf webapp/frontend/node_modules

# Dask, in the versions that are tested, for the cluster of the profile dask alone
FROM build AS build-dask
RUN .venv/bin/python -m pip install --no-cache-dir --only-binary :all: -c requirements-dev.txt "dask[distributed]"

FROM python:3.11-slim-trixie AS base
# pg_dump and pg_restore, for scripts/backup and scripts/restore; Debian's own updates are wanted, so no version is pinned
# hadolint ignore=DL3008
RUN apt-get update \
 && apt-get install -y --no-install-recommends postgresql-client libpango-1.0-0 libpangoft2-1.0-0 fonts-dejavu-core \
 && rm -rf /var/lib/apt/lists/* \
 && useradd --system --uid 10001 --home-dir /data --create-home peta
WORKDIR /app
ENV PATH=/app/.venv/bin:$PATH PYTHONUNBUFFERED=1
USER 10001
VOLUME /data

FROM base AS dask
COPY --from=build-dask /app /app

FROM base
COPY --from=build /app /app
EXPOSE 8000
CMD ["gunicorn", "-c", "python:webapp.serving", "--bind", "0.0.0.0:8000"]
