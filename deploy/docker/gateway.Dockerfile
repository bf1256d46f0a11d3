# The edge: UDP, WebSocket and HTTP.
# deploy/publish.sh first: nothing is downloaded here but the base image.
FROM mcr.microsoft.com/dotnet/aspnet:10.0
WORKDIR /app
COPY artifacts/publish/gateway/ ./
USER $APP_UID
EXPOSE 5000/udp 8080/tcp
# The process itself, without a shell between: SIGTERM must reach it, and its exit code must come out.
ENTRYPOINT ["./Aetheris.Gateway"]
