import type { CommandDescription } from './description.js';
import { duration, texts } from './option-values.js';
import { reportOption } from './report-option.js';
import { metricsHost, metricsPort, notify, profile, region } from './shared-options.js';

/** `postern watch`. */
export const watch: CommandDescription = {
  usage: 'watch [spec]',
  summary: 'check again and again, and report each change of a verdict once, with what changed it',
  options: [
    region,
    profile,
    {
      flags: '--once',
      description: 'observe once, for cron and CI: exit with 3 where something is broken; history is kept in a file',
    },
    { flags: '--every <duration>', description: 'time between two observations; by default 5m', parse: duration },
    {
      flags: '--history <file>',
      description: 'what earlier observations showed; by default <spec>.watch.json beside the spec',
    },
    notify,
    reportOption('html', 'json'),
    {
      flags: '--metrics <file>',
      description: "write metrics for the textfile collector of Prometheus's node exporter to this file",
      writes: true,
    },
    metricsPort,
    metricsHost,
    {
      flags: '--fail-on <level>',
      description: 'with --once, exit with 3: error, where something is broken; unknown, also where proof is lost',
      choices: ['error', 'unknown'],
      fallback: 'error',
    },
    {
      flags: '--checks <file>',
      description: 'run the checks that this program exports, too (repeatable; docs/write-a-check.md)',
      parse: texts,
    },
  ],
  examples: [
    'postern watch',
    'postern watch shop.yaml --every 10m --notify slack=@env:SLACK_URL',
    'postern watch shop.yaml --once --notify github=issue.md',
    'postern watch --once --report html=watch.html --metrics /var/lib/node_exporter/postern.prom',
    'postern watch --metrics-port 9464 --notify webhook=https://alerts.example.com/postern',
  ],
  load: () => import('../commands/check/watch.js'),
};
