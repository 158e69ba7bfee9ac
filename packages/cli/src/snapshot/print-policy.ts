import { InvalidInputError, UnsupportedError } from '@postern/core/internal/library';
import { jsonText } from '@postern/core/internal/report';
import { policyDocument } from '@postern/core/internal/snapshot';
import type { CommonOptions } from '../invocation.js';
import { note, printJson } from '../output/print.js';
import { writeOutput } from '../output/files.js';
import type { Io } from '../process/io.js';
import { providerOf } from '../session/provider-of.js';
import { cloudsOf } from '../spec/brought-clouds.js';
import { refuseOptions, type SnapshotOptions } from './snapshot-options.js';

/** `postern snapshot --policy`: the least that a snapshot's credentials must be allowed. Needs no credentials itself. */
export async function printPolicy(io: Io, options: SnapshotOptions & CommonOptions): Promise<number> {
  refuseOptions(options, '--policy', 'profile', 'project', 'spec', 'all', 'redact', 'raw');
  const { region = [], output } = options;
  const clouds = await cloudsOf(io);
  const provider = providerOf(clouds, options.provider, ...region);
  if (region.length > 1) {
    throw new InvalidInputError('INVALID_INPUT', '--policy accepts one region, or none for all regions', {
      remedy: 'Give one --region, or none.',
    });
  }

  const permissions = await clouds.named(provider)?.loadPermissions?.();
  if (permissions === undefined) {
    throw new UnsupportedError(`the permissions that a snapshot of ${provider} needs are not known`, {
      remedy: 'See the documentation of the package that brings the cloud. Its value has no `loadPermissions`.',
    });
  }

  const { read, flowLogs = [] } = permissions;
  const wanted = options.flowLogs === true ? { ...permissions, read: [...read, ...flowLogs] } : permissions;
  const policy = policyDocument(wanted, { region: region[0] });
  if (output === undefined || output === '-') printJson(io, policy);
  else {
    await writeOutput(io, output, `${jsonText(policy, 2)}\n`);
    note(io, `the policy is in ${output}`);
  }
  return 0;
}
