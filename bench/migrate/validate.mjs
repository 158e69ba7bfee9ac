// One process: reads a snapshot file and validates a migration. `node validate.mjs FILE MIGRATION`, prints JSON.
import { readSnapshotFile } from '../../packages/core/dist/node.js';
import { CLOUDS } from '../clouds.mjs';
import { validateMigration } from '../../packages/core/dist/moves.js';

const [file, migration] = [process.argv[2], JSON.parse(process.argv[3])];
const started = performance.now();
const snapshot = await readSnapshotFile(file);
const read = performance.now() - started;
const before = process.cpuUsage();
const { findings, impact } = validateMigration(snapshot, migration, { clouds: CLOUDS });
const call = performance.now() - started - read;
const { user, system } = process.cpuUsage(before);
const failed = findings.filter(({ verdict }) => verdict === 'fail').length;
const cpu = (user + system) / 1000;
console.log(JSON.stringify({ read, call, cpu, findings: findings.length, failed, backends: impact.length }));
