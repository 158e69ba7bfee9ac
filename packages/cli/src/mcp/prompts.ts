import type { McpServer } from '@modelcontextprotocol/server';
import { z } from 'zod';
import type { Scope } from './scope.js';
import { quoted } from './untrusted.js';

/** Characters of a change in words. */
const LONGEST_CHANGE = 2_000;

/** What a person can start by name in a host. */
export function addPrompts(server: McpServer, { options }: Scope): void {
  const isPlan = options.terraform !== undefined;
  server.registerPrompt(
    'review-change',
    {
      title: 'Review a change',
      description: 'Reviews a change of the spec, of a Terraform plan or of the network before it is made.',
      argsSchema: z.object({ change: z.string().max(LONGEST_CHANGE).optional().describe('The change, in words') }),
    },
    ({ change }) =>
      asked(
        'Review a change of private integrations for its author.',
        ...(change === undefined ? [] : [`The change, as its author describes it: ${quoted(change, LONGEST_CHANGE)}`]),
        isPlan
          ? '1. Call check: it judges the Terraform plan of this server before and after.'
          : '1. Call check for the state now, and plan for what the spec would change.',
        '2. Call explain for each integration that breaks or is unknown, and name the resource that decides.',
        isPlan
          ? '3. Write which addresses have to change.'
          : '3. Call what_if with the change of the network, if there is one, and with the remedy.',
        '4. Answer with: what breaks, what is repaired, what is unknown and which fact is missing, what to change.',
        'Report only what the tools have found. Unknown is not working.',
      ),
  );
  server.registerPrompt(
    'migrate-group',
    {
      title: 'Move a group',
      description: 'Prepares the move of gateways or API groups from one link to another.',
      argsSchema: z.object({
        from: z.string().max(200).describe('Link that carries calls now'),
        to: z.string().max(200).describe('Link that should'),
      }),
    },
    ({ from, to }) =>
      asked(
        `Prepare the move of calls from link ${quoted(from)} to link ${quoted(to)}.`,
        `1. Call inspect for both links, and check with only for the integrations of ${quoted(from)}.`,
        `2. For each target of these integrations call find_path from ${quoted(to)}.`,
        '3. Where a path is stopped, call what_if with the remedy until it arrives.',
        '4. Answer with: paths that arrive, changes that are needed first, and what is unknown.',
        '5. A person then runs `postern migrate plan` and `postern migrate run`: this server does not move anything.',
      ),
  );
}

function asked(...lines: readonly string[]) {
  const content = { type: 'text' as const, text: lines.join('\n') };
  return { messages: [{ role: 'user' as const, content }] };
}
