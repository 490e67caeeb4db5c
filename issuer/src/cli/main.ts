#!/usr/bin/env node
import { main } from './run.js';
import { systemIo } from './system-io.js';

// A reader that has seen enough, such as head, is no fault of the command.
process.stdout.on('error', () => undefined);
process.exitCode = await main(process.argv.slice(2), systemIo(process));
