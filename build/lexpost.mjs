#!/usr/bin/env node
process.argv.splice(2, 0, 'lexpost');
await import('./start.mjs');
