import { describe, expect, it } from 'vitest';
import { terraformScene } from '../shows/terraform-scene.js';
import { missingTerraform } from '../shows/tools.js';

const reason = missingTerraform();
const title = `Terraform and hosted zones${reason === undefined ? '' : ` (skipped: ${reason})`}`;

describe.skipIf(reason !== undefined)(title, () => {
  const scene = terraformScene(new URL('zones', import.meta.url), 'us-east-1');

  it('applies, plans without changes, changes in place, and leaves nothing', { timeout: 1_800_000 }, async () => {
    const { terraform, apply, plansNothing, expectSimulated } = scene;
    expect(await terraform('init')).toMatchObject({ stderr: '', status: 0 });
    await apply('12 added');
    await plansNothing();
    const changed = ['-var', 'changed=true'];
    await apply('0 added, 3 changed, 0 destroyed', ...changed);
    await plansNothing(...changed);
    await apply('0 added, 0 changed, 12 destroyed', '-destroy', ...changed);
    expectSimulated();
  });
});
