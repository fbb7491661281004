# Serves a page and a file of 100 MB, of which no two lines are equal, and takes the file away again.
set -e
mkdir -p www
echo "Hello from the other side." > www/index.html
seq 1 20000000 | head -c 104857600 > www/big
trap : TERM # the server hears it as well, and ends; then comes the next line
nginx -p "$PWD" -c "$PWD/nginx.conf" || true
rm www/big
