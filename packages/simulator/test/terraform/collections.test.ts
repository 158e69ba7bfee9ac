import { describe, expect, it } from 'vitest';
import { terraformScene } from '../shows/terraform-scene.js';
import { missingTerraform } from '../shows/tools.js';

const reason = missingTerraform();
const title = `Terraform and stacks around an integration${reason === undefined ? '' : ` (skipped: ${reason})`}`;

describe.skipIf(reason !== undefined)(title, () => {
  // Slower than others: the provider must see a terminated instance, which is listed for one simulated hour.
  const scene = terraformScene(new URL('collections', import.meta.url), 'us-east-1', 60);

  it('applies, plans without changes, changes in place, and leaves nothing', { timeout: 1_800_000 }, async () => {
    const { terraform, apply, plansNothing, expectSimulated } = scene;
    expect(await terraform('init')).toMatchObject({ stderr: '', status: 0 });
    await apply('26 added');
    await plansNothing();
    const changed = ['-var', 'changed=true'];
    await apply('0 added, 9 changed, 0 destroyed', ...changed);
    await plansNothing(...changed);
    await apply('0 added, 0 changed, 26 destroyed', '-destroy', ...changed);
    expectSimulated();
  });
});
