"""The web application: Django stores and shows; the rules live below it."""
