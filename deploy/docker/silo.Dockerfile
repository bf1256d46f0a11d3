# A cluster member that hosts rooms.
# deploy/publish.sh first: nothing is downloaded here but the base image.
FROM mcr.microsoft.com/dotnet/aspnet:10.0
WORKDIR /app
COPY artifacts/publish/silo/ ./
USER $APP_UID
EXPOSE 11111/tcp 30000/tcp 8081/tcp
# The process itself, without a shell between: SIGTERM must reach it, and its exit code must come out.
ENTRYPOINT ["./Aetheris.Silo"]
