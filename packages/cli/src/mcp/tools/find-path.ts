import { isPort } from '@postern/core/internal/adapter';
import { InvalidInputError, UnsupportedError, type Spec, type TargetRef } from '@postern/core/internal/library';
import type { Cloud } from '@postern/core/internal/kinds';
import { explain } from '@postern/core/internal/check';
import { z } from 'zod';
import { headingOf } from '../../snapshot/take-snapshot.js';
import { snapshotOf, specOf } from '../scope.js';
import { explanations, explained } from '../answers.js';
import { READS, tool } from '../tool.js';
import type { LoadedSpec } from '../../spec/load-spec.js';

export const findPath = tool({
  name: 'find_path',
  title: 'Find a path',
  description:
    'Judges the path from a link or integration of the spec to a target of it, or to a backend that it does not name yet.',
  input: z.object({
    from: z.string().max(200).describe('Link or integration'),
    to: z
      .string()
      .max(300)
      .describe(
        'Target, or BACKEND:PORT: the load balancer or instance that targets on the cloud of the link are named by',
      ),
  }),
  output: explanations,
  hints: READS,
  run: async ({ from, to }, call) => {
    const loaded = await specOf(call);
    const { clouds } = loaded;
    const asked = partOf(loaded, from, to);
    const taken = await snapshotOf(call, asked.spec);
    const live = taken.file === undefined;
    const found = asked.integrations
      .flatMap((integration) => explain(taken.snapshot, asked.spec, { clouds, integration, live }))
      .filter(({ target }) => target === asked.target);
    return explained(headingOf(taken), found);
  },
});

interface Asked {
  readonly spec: Spec;
  readonly integrations: readonly string[];
  readonly target: string;
}

/** The integrations whose paths are meant; a backend that none of them names is one more target of the first. */
function partOf({ spec, clouds }: LoadedSpec, from: string, to: string): Asked {
  const of = Object.entries(spec.integrations).filter(([name, { link }]) => name === from || link === from);
  const [first] = of;
  if (first === undefined) {
    const known = [...Object.keys(spec.links), ...Object.keys(spec.integrations)].slice(0, 10).join(', ');
    throw new InvalidInputError('UNKNOWN_REFERENCE', `no integration is or uses ${JSON.stringify(from)}`, {
      remedy: `Write a link or an integration of the spec: ${known}.`,
    });
  }

  const declared = of.filter(([, { targets }]) => Object.hasOwn(targets, to));
  if (declared.length > 0) return { spec, integrations: declared.map(([name]) => name), target: to };

  const [name, integration] = first;
  const targets = {
    ...integration.targets,
    [to]: { ref: backendOf(to, clouds.named(spec.links[integration.link]?.provider)) },
  };
  const integrations = { ...spec.integrations, [name]: { ...integration, targets } };
  return { spec: { ...spec, integrations }, integrations: [name], target: to };
}

function backendOf(text: string, cloud: Cloud | undefined): TargetRef {
  const [, name = '', digits = ''] = /^([\w.-]{1,200}):(\d{1,5})$/.exec(text) ?? [];
  const port = Number(digits);
  if (!isPort(port))
    throw new InvalidInputError('UNKNOWN_REFERENCE', `no target has the name ${JSON.stringify(text)}`, {
      remedy: `Write the name of a target${cloud?.backend === undefined ? '' : `, or ${cloud.backend.form}`}.`,
    });
  if (cloud?.backend !== undefined) return cloud.backend.refOf(name, port);

  const where = cloud?.title ?? 'this cloud';
  throw new UnsupportedError(`backends of ${where} that the spec does not declare cannot be named: ${text}`, {
    remedy: 'Write the name of a target of the spec.',
  });
}
