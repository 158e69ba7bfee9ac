import { describeTerraform } from '../shows/describe-terraform.js';

const folder = new URL('zones', import.meta.url);
describeTerraform({ about: 'hosted zones', folder, region: 'us-east-1', resources: 12, changed: 3 });
