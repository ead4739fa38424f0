/** Builds the dapp into dist/dashboard, unless nothing that it is made of changed since. */
import { buildDashboard } from './prepare.mjs';

buildDashboard();
