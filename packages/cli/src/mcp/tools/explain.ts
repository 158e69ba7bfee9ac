import { explain as explainPaths } from '@postern/core/check';
import { explainText } from '@postern/core/report';
import { z } from 'zod';
import { headingOf } from '../../snapshot/take-snapshot.js';
import { snapshotOf, specOf } from '../scope.js';
import { explanations, explanationsOf } from '../shapes.js';
import { READS, tool } from '../tool.js';

export const explain = tool({
  name: 'explain',
  title: 'Explain a path',
  description:
    'Shows hop by hop how calls of a route reach their target, and the rule or route that decides at each hop.',
  input: z.object({
    integration: z.string().max(200).optional().describe('Name in the spec'),
    route: z.string().max(300).optional().describe('Route key or call: GET /orders/7'),
  }),
  output: explanations,
  hints: READS,
  run: async ({ integration, route }, call) => {
    const { spec } = await specOf(call);
    const taken = await snapshotOf(call, spec);
    const found = explainPaths(taken.snapshot, spec, { integration, route, live: taken.file === undefined });
    const heading = headingOf(taken);
    return { data: explanationsOf(heading, found), text: `${heading}\n\n${explainText(found, { hops: true })}` };
  },
});
