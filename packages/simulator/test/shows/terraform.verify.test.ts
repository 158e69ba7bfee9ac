import { describe, expect, it } from 'vitest';
import { terraformScene } from './terraform-scene.js';
import { missingTerraform } from './tools.js';

const reason = missingTerraform();

/** Terraform's AWS provider builds, keeps and destroys the network, the load balancer and the private integration. */
describe.skipIf(reason !== undefined)(`Terraform${reason === undefined ? '' : ` (skipped: ${reason})`}`, () => {
  const scene = terraformScene(new URL('terraform', import.meta.url), 'eu-west-1');

  it('applies, plans without changes, and destroys', { timeout: 1_200_000 }, async () => {
    const { terraform, apply, plansNothing, expectSimulated } = scene;
    expect(await terraform('init')).toMatchObject({ stderr: '', status: 0 });
    await apply('16 added');
    await plansNothing();
    await apply('0 added, 0 changed, 16 destroyed', '-destroy');
    expectSimulated();
  });
});
