import type { CommandGroup } from './description.js';
import { texts } from './option-values.js';
import { profile, provider, snapshotFile } from './shared-options.js';

/** `postern migrate`: from one link to another. */
export const migrate: CommandGroup = {
  usage: 'migrate',
  summary: 'check a move of gateways from one link to another; nothing is changed',
  examples: [
    'postern migrate validate --provider alibaba --region cn-hangzhou --group 0f1e2d3c --to apigateway-hz-72bc18d4f1aa',
  ],
  commands: [
    {
      usage: 'validate',
      summary: 'report whether a move can proceed, what it changes and what to add where; exit with 3 if it must not',
      options: [
        provider,
        { flags: '--region <region>', description: 'the region to read' },
        profile,
        { flags: '--group <id>', description: 'Alibaba Cloud: the API group that is to move' },
        { flags: '--api <id>', description: 'AWS: the HTTP API whose routes are to move' },
        { flags: '--route <key>', description: 'AWS: only this route' },
        {
          flags: '--from <link>',
          description: 'AWS: the link to move from. Alibaba Cloud: the instance to move all groups from',
        },
        { flags: '--to <link>', description: 'the link or instance to move to: its ID or its unique name' },
        snapshotFile,
        { flags: '--spec <file>', description: 'read facts that no API returns (`assume`) from this spec' },
        { flags: '--sarif', description: 'print SARIF, for code scanning' },
        { flags: '--junit', description: "print JUnit's XML, for CI systems" },
        { flags: '--md', description: 'print Markdown, for a comment' },
        { flags: '-o, --output <file>', description: 'write the report to this file', writes: true },
        { flags: '--html <file>', description: 'also write an HTML page to this file', writes: true },
        {
          flags: '--accept-unknown <check[:subject]>',
          description: 'proceed although this check is undecided (repeatable)',
          parse: texts,
        },
        { flags: '--now <date>', description: "compare dates with this date, not with the snapshot's" },
      ],
      examples: [
        'postern migrate validate --provider alibaba --region cn-hangzhou --group 0f1e2d3c --to apigateway-hz-72bc18d4f1aa',
        'postern migrate validate --provider alibaba --from apigateway-hz-1 --to apigateway-hz-2 --html move.html',
        'postern migrate validate --provider alibaba --group 0f1e2d3c --to apigateway-hz-2 --snapshot snapshot.json --json',
        'postern migrate validate --region eu-west-1 --api a1b2c3 --from vlink1 --to vlink2',
      ],
      load: async () => ({ run: (await import('../commands/migrate.js')).validate }),
    },
  ],
};
