import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
// @ts-expect-error a script without declarations
import { checkWitnesses, problemsOf, strayPaths } from '../check-imports.mjs';
// @ts-expect-error a script without declarations
import { sharedWithCore } from '../witnesses.mjs';

const packages = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../../packages');
const problems = (file: string, text: string, declared: string[] = []): string[] =>
  problemsOf(path.join(packages, file), text, new Set(declared));

describe('check-imports', () => {
  it.each([
    ['core/src/do/plan/diff.ts', `import { z } from 'zod';`, ['zod'], 'core is free of dependencies'],
    ['core/src/do/plan/diff.ts', `import { readFile } from 'node:fs';`, [], 'core runs without Node'],
    ['core/src/spec/schema/fields.ts', `import { z } from 'zod';`, [], 'an undeclared dependency'],
    [
      'aws/src/client.ts',
      `import { EC2 } from '@aws-sdk/client-ec2';`,
      ['@aws-sdk/client-ec2'],
      'the SDK loads on first use',
    ],
    [
      'aws/src/client.ts',
      `import { simulate } from '@postern/simulator';`,
      ['@postern/simulator'],
      'adapters import core only',
    ],
    [
      'simulator/src/aws/ec2/operations/x.ts',
      `import { EC2 } from '@aws-sdk/client-ec2';`,
      ['@aws-sdk/client-ec2'],
      'operations use types only',
    ],
    [
      'simulator/src/aws/ec2/x.ts',
      `import { VPC_LINK_V2 } from '@postern/core/internal/kinds';`,
      ['@postern/core'],
      'the simulated clouds use no code of core',
    ],
    [
      'aws/src/cloud/x.ts',
      `import { LINK_TRAITS } from '../../../core/src/do/kinds/link/link-traits.js';`,
      [],
      'packages import each other by name',
    ],
    [
      'alibaba/src/traditional/handover/assess/x.ts',
      `const { default: Client } = await import('@alicloud/cloudapi20160714');`,
      ['@alicloud/cloudapi20160714'],
      'only the driver of the hand-over loads the SDK',
    ],
    [
      'aws/src/plans/x.ts',
      `import { EC2Client } from '@aws-sdk/client-ec2';`,
      ['@aws-sdk/client-ec2'],
      'types of plans load no SDK',
    ],
    [
      'fleet/src/services/x.ts',
      `import { assess } from '@postern/alibaba/internal/handover';`,
      ['@postern/alibaba'],
      'a fleet without hand-overs needs no package of a cloud',
    ],
    ['cli/src/main.ts', `import { aws } from '@postern/aws';`, ['@postern/aws'], 'the command loads drivers lazily'],
    [
      'fleet/src/x.ts',
      `import { parseSpec } from '@postern/core/spec';`,
      ['@postern/core'],
      'names that users import are not bound to what packages share',
    ],
  ])('refuses, in %s, %s', (file, text, declared) => {
    expect(problems(file, text, declared)).toHaveLength(1);
  });

  it.each([
    ['core/src/do/plan/diff.ts', `import { overlaps } from '../cidr/prefix.js';`, []],
    ['core/src/spec/schema/fields.ts', `import { z } from 'zod';`, ['zod']],
    ['aws/src/client.ts', `const { EC2 } = await import('@aws-sdk/client-ec2');`, ['@aws-sdk/client-ec2']],
    ['aws/src/client.ts', `import type { EC2 } from '@aws-sdk/client-ec2';`, ['@aws-sdk/client-ec2']],
    [
      'alibaba/src/traditional/handover/assess/x.ts',
      `import { counted } from '@postern/core/internal/cloud';`,
      ['@postern/core'],
    ],
    ['alibaba/src/traditional/handover/driver/x.ts', `import type Client from '@alicloud/ecs20140526';`, []],
    [
      'cli/src/commands/handover/x.ts',
      `import { assess } from '@postern/alibaba/internal/handover';`,
      ['@postern/alibaba'],
    ],
    ['aws/src/client.ts', `// import { x } from 'left-pad';`, []],
  ])('allows, in %s, %s', (file, text, declared) => {
    expect(problems(file, text, declared)).toEqual([]);
  });
});

describe('paths from package to package', () => {
  const stray = (file: string, text: string): string[] => strayPaths(path.join(packages, file), text);

  it('are found in sources and in tests of core, also where they are loaded on use', () => {
    const test = `import { linkRow } from '../../../../aws/src/vpc-links/link.js';`;
    expect(stray('core/test/do/kinds/x.test.ts', test)).toHaveLength(1);
    expect(stray('core/test/do/kinds/x.test.ts', `await import('../../../../alibaba/test/world/x.js')`)).toHaveLength(
      1,
    );
    expect(stray('core/test/do/kinds/x.test.ts', `import { a } from '../../../src/ground/hash.js';`)).toEqual([]);
    expect(stray('core/test/do/kinds/x.test.ts', `import { a } from '../../../../../scripts/x.mjs';`)).toEqual([]);
  });
});

describe('the two witnesses', () => {
  it('finds the shortest import path from an evaluator to code of core, through any number of files', () => {
    const imports = [
      ['aws/connects/places.ts', 'aws/ec2/network.ts'],
      ['aws/ec2/network.ts', 'aws/ec2/cidr.ts'],
      ['aws/ec2/cidr.ts', 'aws/ec2/network.ts'],
      ['aws/ec2/cidr.ts', '@postern/core'],
      ['aws/twin/load-apis.ts', '@postern/core'],
      ['aws/twin/load-apis.ts', 'aws/connects/places.ts'],
    ];
    expect(sharedWithCore(imports)).toEqual([
      'aws/connects/places.ts → aws/ec2/network.ts → aws/ec2/cidr.ts → @postern/core',
    ]);
    expect(sharedWithCore(imports.filter(([file]) => file !== 'aws/ec2/cidr.ts'))).toEqual([]);
  });

  it('share no code', () => {
    expect(checkWitnesses()).toEqual([]);
  });
});
