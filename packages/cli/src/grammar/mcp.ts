import type { CommandDescription } from './description.js';
import { profile, region, snapshotFile } from './shared-options.js';

/** `postern mcp`. */
export const mcp: CommandDescription = {
  usage: 'mcp [spec]',
  summary: 'serve checks and plans to an assistant, by the Model Context Protocol on stdin and stdout',
  options: [
    region,
    profile,
    { ...snapshotFile, description: 'read this snapshot, without any call' },
    {
      flags: '--terraform <file>',
      description: 'judge a plan (terraform show -json) over the live network or --snapshot, before and after',
    },
    {
      flags: '--allow-apply',
      description: 'offer apply, too: of a plan that was shown, after a confirmation in the assistant',
    },
  ],
  examples: [
    'postern mcp postern.yaml',
    'postern mcp postern.yaml --snapshot snapshot.json',
    'postern mcp --snapshot base.json --terraform plan.json',
    'postern mcp postern.yaml --profile audit --region eu-west-1',
    'postern mcp postern.yaml --allow-apply',
  ],
  load: () => import('../commands/machine/mcp.js'),
};
