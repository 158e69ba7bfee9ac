import { InvalidInputError, UnsupportedError } from '@postern/core';
import { jsonText } from '@postern/core/report';
import { policyDocument, type ReadPermission } from '@postern/core/snapshot';
import type { CommonOptions } from '../invocation.js';
import { note, printJson } from '../output/print.js';
import { writeOutput } from '../output/write-output.js';
import type { Io } from '../process/io.js';
import { providerOf } from '../session/provider-of.js';
import { refuseOptions, type SnapshotOptions } from './snapshot-options.js';

/** `postern snapshot --policy`: the least that a snapshot's credentials must be allowed. Needs no credentials itself. */
export async function printPolicy(io: Io, options: SnapshotOptions & CommonOptions): Promise<number> {
  refuseOptions(options, '--policy', 'profile', 'project', 'spec', 'all', 'redact', 'raw');
  const { region = [], output } = options;
  const provider = providerOf(options.provider, ...region);
  if (region.length > 1) {
    throw new InvalidInputError('INVALID_INPUT', '--policy accepts one region, or none for all regions', {
      remedy: 'Give one --region, or none.',
    });
  }
  const read = PERMISSIONS.get(provider);
  if (read === undefined) {
    throw new UnsupportedError(`the permissions that a snapshot of ${provider} needs are not known`, {
      remedy: 'See the documentation of the package that brings the cloud.',
    });
  }
  const policy = policyDocument(provider, await read(), { region: region[0] });
  if (output === undefined || output === '-') printJson(io, policy);
  else {
    await writeOutput(io, output, `${jsonText(policy, 2)}\n`);
    note(io, `the policy is in ${output}`);
  }
  return 0;
}

const PERMISSIONS: ReadonlyMap<string, () => Promise<readonly ReadPermission[]>> = new Map([
  ['aws', async () => (await import('@postern/aws')).readPolicy],
  ['alibaba', async () => (await import('@postern/alibaba')).readPolicy],
]);
