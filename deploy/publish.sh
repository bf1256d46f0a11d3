#!/usr/bin/env bash
# Publishes the executables into artifacts/publish, from where the Dockerfiles copy them: image builds download nothing but their base.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
for project in Silo Gateway Standalone; do
  dotnet publish "$project" -c Release -nologo -v quiet -o "artifacts/publish/${project,,}"
done
