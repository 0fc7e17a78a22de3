// Order and colours of states and places. Colours say nothing about which outcome is good.

export const STATES = ["returned_independent", "forced", "returned_unseen", "moved_on", "got_permit", "other", "in_procedure", "file_open", "out_of_sight"];
export const STATE_COLOURS = ["#56B4E9", "#E69F00", "#F5CF80", "#009E73", "#CC79A7", "#D9D9D9", "#0072B2", "#F0E442", "#555555"];
// states below this number have left
export const GONE = 6;
export const PLACES = ["azc", "azc_departure_term", "vbl", "family_location", "reporting_duty", "detention", "closed_family", "guided_shelter", "night_shelter", "private_network", "street"];
export const PLACE_COLOURS = ["#0072B2", "#56B4E9", "#A6D8F5", "#009E73", "#F0E442", "#D55E00", "#F2B48C", "#CC79A7", "#E8C1D8", "#D9D9D9", "#555555"];
export const FORCES = ["push", "pull", "stay", "deter"];
export const FORCE_COLOURS = ["#E69F00", "#F0E442", "#CC79A7", "#555555"];
export const GATES = ["capacity", "hope", "fear", "trust"];
export const ROUTE_COLOURS = { asylum: "#0072B2", apprehended: "#D55E00", border: "#F0E442", permit_expired: "#CC79A7", older_hidden: "#555555" };
