"""A child may be at risk now: one button, straight to the post that always has somebody in it. So with misconduct."""
