// Every page works without this: it only starts GOV.UK's components.
import { initAll } from "./govuk-frontend/govuk-frontend.min.js";

initAll();
